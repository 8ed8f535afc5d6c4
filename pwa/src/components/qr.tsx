/** A QR code as one SVG path, black on white in every theme so that cameras read it. */
import { useEffect, useState } from "preact/hooks";

interface QrProps {
  /** What the camera reads. */
  text: string;
  /** What a screen reader says. */
  label: string;
}

interface Drawn {
  path: string;
  edge: number;
}

const QUIET = 4;

async function draw(text: string): Promise<Drawn> {
  const { create } = await import("qrcode");
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const dark = [...modules.data].flatMap((on, index) => (on ? [index] : []));
  const path = dark
    .map((at) => `M${(at % modules.size) + QUIET} ${Math.floor(at / modules.size) + QUIET}h1v1h-1z`)
    .join("");
  return { path, edge: modules.size + 2 * QUIET };
}

export function Qr({ text, label }: QrProps) {
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    let current = true;
    void draw(text).then((done) => current && setDrawn(done));
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <span class="qr">
      {drawn && (
        <svg viewBox={`0 0 ${drawn.edge} ${drawn.edge}`} role="img" aria-label={label}>
          <path fill="#fff" d={`M0 0h${drawn.edge}v${drawn.edge}H0z`} />
          <path fill="#000" d={drawn.path} shape-rendering="crispEdges" />
        </svg>
      )}
    </span>
  );
}
