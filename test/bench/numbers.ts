// Sums up repeated measurements: the middle one, how far they spread, and how sure a comparison of pairs is.

/** The middle value. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) throw new Error('There is no median of nothing.');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

/** The value below which this share of the others lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? Number.NaN;
}

export type Comparison = {
  readonly ratio: number;
  /** 95 % interval of the ratio. */
  readonly low: number;
  readonly high: number;
};

const resamples = 2000;

/**
 * The ratio of the medians of interleaved pairs, with the interval that drawing whole pairs again and again gives:
 * what disturbs the machine for a while then disturbs both sides.
 */
export function compare(pairs: readonly (readonly [ours: number, other: number])[]): Comparison {
  const ratioOf = (some: typeof pairs): number => median(some.map(([ours]) => ours)) / median(some.map(([, x]) => x));
  const random = seeded(pairs.length);
  const drawn = Array.from({ length: resamples }, () =>
    ratioOf(pairs.map((pair) => pairs[Math.floor(random() * pairs.length)] ?? pair)),
  );
  return { ratio: ratioOf(pairs), low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

/** The same numbers at every run, so that an interval can be computed again from the kept measurements. */
function seeded(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
