import { figuresStyles } from './styles-figures.ts';
import { frameStyles } from './styles-frame.ts';
import { noticeStyles } from './styles-notice.ts';

export const dashboardStyles = [frameStyles, figuresStyles, noticeStyles];
