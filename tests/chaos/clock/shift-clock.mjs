// Loaded in front of every process of a fault test; only workers listen. Each SIGUSR2 moves the wall clock of this one
// process: three quarters of a minute ahead, back, as much behind, back. Timers go on as they do on a machine whose clock is set.
const OFFSETS_MS = [45_000, 0, -45_000, 0];

if (process.argv.some((argument) => /start-workers|plain-worker/.test(argument))) {
  const RealDate = Date;
  let step = 0;
  let offsetMs = 0;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(RealDate.now() + offsetMs);
      else super(...parts);
    }

    static now() {
      return RealDate.now() + offsetMs;
    }
  };
  process.on('SIGUSR2', () => {
    offsetMs = OFFSETS_MS[step % OFFSETS_MS.length] ?? 0;
    step += 1;
  });
}
