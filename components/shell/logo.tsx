export function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 shrink-0">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g className="fill-none stroke-accent-foreground" strokeWidth="2.5" strokeLinecap="round">
          <circle cx="14.5" cy="14.5" r="6.5" />
          <path d="m19.5 19.5 5 5" />
        </g>
        <circle cx="14.5" cy="14.5" r="2" className="fill-accent-foreground" />
      </svg>
      oppSpot
    </span>
  );
}
