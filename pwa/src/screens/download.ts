/** A file that the server makes: the browser fetches it by itself, and the answer names it. */
export function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
