/** The HTML page of a run. The templates are in src/main/jte. */
@NullMarked
package org.emrelay.runner.report.page;

import org.jspecify.annotations.NullMarked;
