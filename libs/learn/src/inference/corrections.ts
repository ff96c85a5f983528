/** p-values of several comparisons, raised so that chance alone is rarely called a difference. Source: statsmodels' multipletests. */
export function corrected(pValues: readonly number[], method: 'holm' | 'bonferroni' | 'benjamini_hochberg'): number[] {
  const count = pValues.length;
  if (method === 'bonferroni') return pValues.map((value) => Math.min(1, value * count));
  const rising = Array.from(pValues.keys()).sort((a, b) => pValues[a]! - pValues[b]!);
  const raised = new Array<number>(count).fill(1);
  if (method === 'holm') {
    let most = 0;
    rising.forEach((at, place) => {
      most = Math.max(most, pValues[at]! * (count - place));
      raised[at] = Math.min(1, most);
    });
    return raised;
  }
  let least = 1;
  for (let place = count - 1; place >= 0; place--) {
    least = Math.min(least, (pValues[rising[place]!]! * count) / (place + 1));
    raised[rising[place]!] = least;
  }
  return raised;
}
