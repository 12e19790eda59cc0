import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { config } from '@/lib/config';
import { singleton } from '@/lib/singleton';

/** Shorter samples say more about the moment than about the load. */
const SAMPLE_MS = 200;
const SLOWER = 0.7;
const FASTER = 0.08;
/** Below the target by this much there is room for more. */
const SLACK = 0.1;
const START = 0.3;
/** From here it takes a few seconds to use all slots again. */
const LEAST = 0.01;

type Pace = {
  /** 0 to 1: the part of the windows that is used. */
  part: number;
  sampledAt: number;
  times: { busy: number; all: number };
  loop: ReturnType<typeof performance.eventLoopUtilization>;
};

/**
 * The part of the windows (0 to 1) into which held jobs are let. Free slots are not enough for a quick start: jobs that
 * use up every processor make everybody slow. So it shrinks quickly while this machine is busier than the target, and
 * grows slowly while there is room (AIMD, as in TCP).
 */
export function machinePace(): number {
  const target = config().queue.backlogCpuTarget / 100;
  if (target >= 1) return 1;
  const pace = singleton('queue:machine-pace', begin);
  if (performance.now() - pace.sampledAt < SAMPLE_MS) return pace.part;
  pace.part = nextPart(pace.part, sample(pace), target);
  return pace.part;
}

/** @param load 0 to 1. */
export function nextPart(part: number, load: number, target: number): number {
  if (load > target) return Math.max(LEAST, part * SLOWER);
  return load < target - SLACK ? Math.min(1, part + FASTER) : part;
}

/** How busy the machine's processors and this process's event loop were since the last sample, 0 to 1. */
function sample(pace: Pace): number {
  const times = processorTimes();
  const all = times.all - pace.times.all;
  const ofMachine = all > 0 ? (times.busy - pace.times.busy) / all : 0;
  // In a container that may use a part of the machine only, the loop tells what the processors do not.
  const ofLoop = performance.eventLoopUtilization(pace.loop).utilization;
  Object.assign(pace, { times, loop: performance.eventLoopUtilization(), sampledAt: performance.now() });
  return Math.max(ofMachine, ofLoop);
}

function begin(): Pace {
  const loop = performance.eventLoopUtilization();
  return { part: START, sampledAt: performance.now(), times: processorTimes(), loop };
}

function processorTimes(): Pace['times'] {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (of: (time: (typeof times)[number]) => number) => times.reduce((total, time) => total + of(time), 0);
  const idle = sum((time) => time.idle);
  const all = sum((time) => time.user + time.nice + time.sys + time.irq + time.idle);
  return { busy: all - idle, all };
}
