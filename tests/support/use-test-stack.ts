import { inject } from 'vitest';

// Tests read the addresses of the running stack from their environment, as every command of the product does.
Object.assign(process.env, inject('stackEnvironment'));
