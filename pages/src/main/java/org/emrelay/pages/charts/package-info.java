/** SVG charts for report pages, without external resources. */
@NullMarked
package org.emrelay.pages.charts;

import org.jspecify.annotations.NullMarked;
