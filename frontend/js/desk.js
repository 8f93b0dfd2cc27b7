import { start } from "./common.js";
import { startIdle } from "./idle.js";
import { startList } from "./desk_list.js";
import { startShortcuts } from "./shortcuts.js";

start();
startShortcuts();
startIdle();
startList();
