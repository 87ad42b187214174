/** Drawn here, so that nothing is fetched. */
interface Props {
  name: "wave" | "help" | "leave" | "more" | "close" | "back" | "send" | "note";
}

const PATHS: Record<Props["name"], string> = {
  wave: "M2 9c2.5 0 2.5-2.5 5-2.5S9.5 9 12 9s2.5-2.5 5-2.500S19.5 9 22 9M2 15c2.5 0 2.5-2.5 5-2.500s2.5 2.5 5 2.5 2.5-2.5 5-2.5 2.5 2.5 5 2.5",
  help: "M12 21s-8-4.7-8-11a4.5 4.5 0 0 1 8-2.800A4.5 4.5 0 0 1 20 10c0 6.3-8 11-8 11z",
  leave: "M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4",
  more: "M5 7h14M5 12h14M5 17h14",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  send: "M4 12h15m-6-6 6 6-6 6",
  note: "M6 3h9l4 4v14H6zM9 11h7M9 15h7",
};

export function Icon({ name }: Props) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
