/** The ES module: defines `<tideline-chat>` and leaves it to the page where to put it. */
import { define, TAG } from "./element";

define(new URL(import.meta.url).origin);

export { TAG };
