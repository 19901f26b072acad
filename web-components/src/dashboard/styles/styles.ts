import { theme } from '../../widget/theme.ts';
import { controlStyles } from './controls.ts';
import { dialogStyles } from './dialogs.ts';
import { frameStyles } from './frame.ts';
import { noticeStyles } from './notices.ts';
import { panelStyles } from './panels.ts';

/** How the dashboard looks: what all panels have in common, and what only it has. */
export const dashboardStyles = [theme, frameStyles, controlStyles, panelStyles, noticeStyles, dialogStyles];
