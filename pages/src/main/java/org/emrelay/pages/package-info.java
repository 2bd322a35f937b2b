/** Self-contained HTML report pages and the number formats they use. */
@NullMarked
package org.emrelay.pages;

import org.jspecify.annotations.NullMarked;
