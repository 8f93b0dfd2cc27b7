import { start } from "./common.js";
import { startIdle } from "./idle.js";
import { startShortcuts } from "./shortcuts.js";

start();
startShortcuts();
startIdle();
