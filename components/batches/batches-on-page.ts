/** Batches on one page of the list; the page and the browser ask for the same. */
export const BATCHES_ON_PAGE = 25;
