/** Adds both lanes to the double at `at`. */
@inline
export function addLanes(at: usize, s: v128): void {
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
}
