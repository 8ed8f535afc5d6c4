/** Files of points: understood whole, or refused by row and column. */
import { describe, expect, test } from "vitest";
import { isUndecided, keptBackIn, readPoints } from "../../../pwa/src/domain/points-file";
import { orderOf, plainDate, plainNumber } from "../../../pwa/src/domain/typed-numbers";

describe("a number as it is typed", () => {
  test.each([
    ["12", "12"],
    ["12.50", "12.50"],
    ["12,5", "12.5"],
    [" 80 % ", "80"],
    ["1,234.5", "1234.5"],
    ["1.234,5", "1234.5"],
    ["−3", "-3"],
    ["007", "7"],
    [".5", "0.5"],
    ["1,234", null],
    ["1.2.3", null],
    ["12,345,6", null],
    ["abc", null],
    ["", null],
    ["1e5", null],
    ["1234567890123", null],
  ])("%s is %s", (typed, plain) => {
    expect(plainNumber(typed)).toBe(plain);
  });
});

describe("a date as it is typed", () => {
  test.each([
    ["2026-03-09", "month_first", "2026-03-09"],
    ["3/9/2026", "month_first", "2026-03-09"],
    ["3/9/2026", "day_first", "2026-09-03"],
    ["31.12.2026", "day_first", "2026-12-31"],
    ["2026-02-30", "month_first", null],
    ["2/30/2026", "month_first", null],
    ["tomorrow", "month_first", null],
  ] as const)("%s, %s, is %s", (typed, order, plain) => {
    expect(plainDate(typed, order)).toBe(plain);
  });

  test("a column shows its order by one day beyond twelve", () => {
    expect(orderOf(["1/2/2026", "1/13/2026"])).toBe("month_first");
    expect(orderOf(["1/2/2026", "13/1/2026"])).toBe("day_first");
    expect(orderOf(["1/2/2026", "2/3/2026"])).toBeNull();
    expect(orderOf(["13/1/2026", "1/13/2026"])).toBeNull();
    expect(orderOf(["2026-01-02"])).toBe("month_first");
  });
});

describe("a file of points", () => {
  test("is read with commas, semicolons or tabs, with quotes, blanks and a byte order mark", () => {
    const pointsOf = (second: number) => [
      { row: 2, on: "2026-03-09", value: "12", outOf: null, note: 'a "fishbowl"; twice' },
      { row: second, on: "2026-03-16", value: "13.5", outOf: null, note: "" },
    ];
    const comma = '\uFEFFDate,Value,Note\r\n2026-03-09,12,"a ""fishbowl""; twice"\r\n\r\n';
    expect(readPoints(`${comma}3/16/2026,13.5,\r\n`, "value", "month_first")).toEqual(pointsOf(4));
    const semicolon = 'fecha;valor;nota\n2026-03-09;12;"a ""fishbowl""; twice"\n2026-03-16;13,5;';
    expect(readPoints(semicolon, "value", "month_first")).toEqual(pointsOf(3));
    const tab = 'date\tvalue\tnote\n2026-03-09\t12\ta "fishbowl"; twice\n2026-03-16\t13.5\t\n';
    expect(readPoints(tab, "value", "month_first")).toEqual(pointsOf(3));
  });

  test.each([
    ["date,value\n2026-03-09,12\n2026-03-16,many", "value", "not_a_number", 3, "value"],
    ["date,value\n2026-13-09,12", "value", "not_a_date", 2, "date"],
    ["day,amount\n2026-03-09,12", "value", "no_column", 1, "value"],
    ['date,value\n2026-03-09,"12', "value", "quotes", 1, ""],
    ["date,value", "value", "no_rows", 1, ""],
    ["date,value\n2026-03-09,12\n\n2026-03-09,13", "value", "day_twice", 4, "date"],
    ["date,value\n2026-03-09,12", "share", "out_of_missing", 2, "out_of"],
    ["date,value,of\n2026-03-09,12,11", "share", "more_than_all", 2, "value"],
    ["date,value,of\n2026-03-09,12,x", "rate", "not_a_number", 2, "out_of"],
    ["date,value\n2026-03-09,-1", "count", "not_below_zero", 2, "value"],
  ] as const)("%j, %s: %s in row %i, %s", (text, numbers, flaw, row, column) => {
    expect(readPoints(text, numbers, "month_first")).toEqual({
      ...{ flaws: [{ flaw, row, column }], more: 0 },
    });
  });

  test("a count of people may say out of how many it is, and no more than all of them", () => {
    const text = "date,value,of\n2026-03-02,3,30\n2026-03-09,12,";
    const [out, without] = ["30", null].map((outOf) => ({ outOf, note: "" }));

    expect(readPoints(text, "count", "month_first", "students")).toEqual([
      { row: 2, on: "2026-03-02", value: "3", ...out },
      { row: 3, on: "2026-03-09", value: "12", ...without },
    ]);
    expect(readPoints(text, "count", "month_first", "something_else")).toEqual([
      { row: 2, on: "2026-03-02", value: "3", ...without },
      { row: 3, on: "2026-03-09", value: "12", ...without },
    ]);
    expect(readPoints("date,value,of\n2026-03-02,31,30", "count", "month_first")).toEqual({
      ...{ flaws: [{ flaw: "more_than_all", row: 2, column: "value" }], more: 0 },
    });
  });

  test("a whole's number and a note come with each row, by any of their names and guarded", () => {
    const text = [
      "measure,Fecha,Valor,Total,drawn,Notas,held_back,measure_day_id",
      'Late,2026-03-02,3,30,0.1,"\'=SUM(A1) stood on the board",,m1',
      'Late,2026-03-09,"4,5",30,0.15,"Snow;\nhalf the buses",,m2',
      "Late,2026-03-16,0,12,0,,,m3",
    ].join("\n");

    expect(readPoints(text, "rate", "month_first")).toEqual([
      { row: 2, on: "2026-03-02", value: "3", outOf: "30", note: "=SUM(A1) stood on the board" },
      { row: 3, on: "2026-03-09", value: "4.5", outOf: "30", note: "Snow;\nhalf the buses" },
      { row: 4, on: "2026-03-16", value: "0", outOf: "12", note: "" },
    ]);
  });

  test.each([
    ["share", "2026-03-09,3,0,", "out_of_missing", "out_of"],
    ["share", "2026-03-09,3,-5,", "out_of_missing", "out_of"],
    ["rate", "2026-03-09,3,,a note", "out_of_missing", "out_of"],
    ["rate", "2026-03-09,-3,52,", "not_below_zero", "value"],
    ["share", "2026-03-09,3,30 students,", "not_a_number", "out_of"],
    ["share", "2026-03-09,,30,a note alone", "not_a_number", "value"],
    ["share", "2026-03-09", "not_a_number", "value"],
    ["count", "2026-03-09,31,30,", "more_than_all", "value"],
  ] as const)("%s, %j: nothing is taken for %s in %s", (numbers, bad, flaw, column) => {
    const text = `date,value,out_of,note\n2026-03-02,3,30,well\n${bad}\n2026-03-16,4,30,well`;

    expect(readPoints(text, numbers, "month_first", "students")).toEqual({
      ...{ flaws: [{ flaw, row: 3, column }], more: 0 },
    });
  });

  test("a mean of several numbers has no whole: what stands in that column is left alone", () => {
    const text = "date,value,n\n2026-03-09,12,five\n2026-03-09,13,0";
    const found = readPoints(text, "samples", "month_first");
    expect(found).toMatchObject([{ outOf: null }, { outOf: null }]);
  });

  test("names every wrong cell, not the first alone", () => {
    const text = "date,value,of\n13/13/2026,many,x\n2026-03-09,12,11\n2026-03-09,1,\n";

    expect(readPoints(text, "share", "month_first")).toEqual({
      flaws: [
        { flaw: "not_a_date", row: 2, column: "date" },
        { flaw: "not_a_number", row: 2, column: "value" },
        { flaw: "not_a_number", row: 2, column: "out_of" },
        { flaw: "more_than_all", row: 3, column: "value" },
        { flaw: "out_of_missing", row: 4, column: "out_of" },
        { flaw: "day_twice", row: 4, column: "date" },
      ],
      more: 0,
    });
    expect(readPoints("a,b\n1,2", "value", "month_first")).toMatchObject({
      flaws: [{ column: "date" }, { column: "value" }],
    });
  });

  test("says fifty flaws, and of the others how many", () => {
    const rows = Array.from({ length: 70 }, (_, at) => `2026-01-01,${"x".repeat(at + 1)}`);
    const read = readPoints(["date,value", ...rows].join("\n"), "samples", "month_first");

    if (Array.isArray(read)) throw new Error("it was read");
    expect(read.more).toBe(20);
    expect(read.flaws).toHaveLength(50);
  });

  test.each([
    "of fewer than 10,fewer than 10",
    "de menos de 10,menos de 10",
    "fewer than 10,",
    "menos de 10,menos de 10",
  ])(
    "of our own file a day about too few (%s) brings no number, and does not stop the others",
    (few) => {
      const text = `date,value,out_of\n2026-03-02,${few}\n2026-03-09,9,12`;

      expect(readPoints(text, "share", "month_first")).toEqual([
        { row: 3, on: "2026-03-09", value: "9", outOf: "12", note: "" },
      ]);
      expect(keptBackIn(text)).toMatchObject([{ row: 2, date: "2026-03-02" }]);
    },
  );

  test("is refused whole: a good row before a bad one is not taken", () => {
    const read = readPoints("date,value\n2026-03-09,12\n2026-03-10,?", "value", "month_first");
    expect(Array.isArray(read)).toBe(false);
  });

  test("asks which part is the month only where either would do", () => {
    expect(isUndecided("date,value\n1/2/2026,1\n2/3/2026,1")).toBe(true);
    expect(isUndecided("date,value\n1/2/2026,1\n1/13/2026,1")).toBe(false);
    expect(isUndecided("date,value\n2026-01-02,1")).toBe(false);
  });

  test("samples may have several numbers a day", () => {
    const read = readPoints("date,value\n2026-03-09,12\n2026-03-09,13", "samples", "month_first");
    expect(read).toHaveLength(2);
  });
});
