// Nothing but a check: the element and its errors are what the documentation's types say of them. In no bundle.

import type * as documented from "../../../docs/embedding/rolewalk-playground.d.ts";
import type { RolewalkPlayground } from "./element.ts";
import type { RolewalkError, Trouble } from "./trouble.ts";

type Is<A extends B, B> = A;

export type Checked = [
  Is<RolewalkPlayground, documented.RolewalkPlaygroundElement>,
  Is<RolewalkError, documented.RolewalkError>,
  Is<Trouble, documented.RolewalkTrouble>,
];
