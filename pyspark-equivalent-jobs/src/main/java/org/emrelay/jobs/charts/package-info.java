/** SVG charts for report pages, without external resources. */
@NullMarked
package org.emrelay.jobs.charts;

import org.jspecify.annotations.NullMarked;
