/** Above a list that could not be read again: what it shows may be old. */
export function OldList({ what }: { what: string }) {
  return (
    <p role="status" className="border-b bg-warning-soft px-4 py-2 text-[0.8125rem] text-warning-text">
      {what} may be out of date: the server does not answer just now. Asking again shortly.
    </p>
  );
}
