import { theme } from '../../widget/theme.ts';
import { buttonStyles } from './buttons.ts';
import { controlStyles } from './controls.ts';
import { dialogStyles } from './dialogs.ts';
import { fieldStyles } from './fields.ts';
import { frameStyles } from './frame.ts';
import { groundStyles } from './ground.ts';
import { noticeStyles } from './notices.ts';
import { panelStyles } from './panels.ts';
import { sheetStyles } from './sheets.ts';
import { snippetStyles } from './snippet.ts';
import { tabStyles } from './tabs.ts';

/** How the dashboard looks: what all panels have in common, and what only it has. */
export const dashboardStyles = [
  theme,
  groundStyles,
  buttonStyles,
  fieldStyles,
  dialogStyles,
  tabStyles,
  snippetStyles,
  frameStyles,
  controlStyles,
  panelStyles,
  noticeStyles,
  sheetStyles,
];
