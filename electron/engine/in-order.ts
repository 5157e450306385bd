// Two looks at the same thing may end in another order than they began: the one that was begun later is true.

/**
 * Call it where a look begins; what it returns tells, once where the look ends, whether nothing newer is known by then.
 * Looks that are still under way hold nothing up.
 */
export function inOrder(): () => () => boolean {
  let begun = 0;
  let newest = 0;
  return () => {
    begun += 1;
    const own = begun;
    return () => {
      if (own < newest) return false;
      newest = own;
      return true;
    };
  };
}
