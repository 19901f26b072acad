#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addSecret } from './secret.ts';
import { addServe } from './serve.ts';

const { version, description } = createRequire(import.meta.url)('#package');

const program = new Command('oxicount').description(description).version(version).showHelpAfterError();
addServe(program);
addSecret(program);
await program.parseAsync();
