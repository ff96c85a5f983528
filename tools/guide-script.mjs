/** The Python script of a guide, as it stands there. */
export function guideScript(page) {
  return /^```python\n([^]*?)^```/m.exec(page)[1];
}
