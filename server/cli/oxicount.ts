#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addDemo } from './demo.ts';
import { addRestore } from './restore.ts';
import { addRollups } from './rollups.ts';
import { addSecret } from './secret.ts';
import { addServe } from './serve.ts';

const { version, description } = createRequire(import.meta.url)('#package');

const program = new Command('oxicount').description(description).version(version).showHelpAfterError();
addServe(program);
addSecret(program);
addRollups(program);
addDemo(program);
addBackup(program);
addRestore(program);
await program.parseAsync();
