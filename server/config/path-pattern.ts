import { pathPatternRule, publicPageRule } from '../domain/site-rules.ts';
import { ruled, type Shape } from './shape.ts';

export const pathPattern: Shape<string> = ruled(pathPatternRule);
export const publicPage: Shape<string> = ruled(publicPageRule);
