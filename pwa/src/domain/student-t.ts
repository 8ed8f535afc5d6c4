/**
 * Student's t for whole degrees of freedom: the finite sums of Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 26.7.3 and 26.7.4. Twin of server/domain/student_t.py.
 */
const HALVINGS = 60;
/** From here on t differs from the normal quantile by less than two thousandths. */
const MANY = 2_000;

/** How much lies between -t and t, of t = sqrt(freedom) * tan(angle). */
function within(angle: number, freedom: number): number {
  const odd = freedom % 2;
  const square = Math.cos(angle) ** 2;
  let term = odd ? Math.cos(angle) : 1;
  let total = freedom > 1 ? term : 0;
  for (let step = 2 + odd; step < freedom - 1; step += 2) {
    term *= (square * (step - 1)) / step;
    total += term;
  }
  const inner = Math.sin(angle) * total;
  return odd ? (2 / Math.PI) * (angle + inner) : inner;
}

/** The t of which `share` of the distribution lies between -t and t. freedom: 1 or more. */
export function tQuantile(freedom: number, share = 0.95): number {
  const some = Math.min(freedom, MANY);
  let low = 0;
  let high = Math.PI / 2;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (within(middle, some) < share) low = middle;
    else high = middle;
  }
  return Math.sqrt(some) * Math.tan(low);
}
