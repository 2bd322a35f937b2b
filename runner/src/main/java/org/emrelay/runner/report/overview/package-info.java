/** What a run did, used and cost, derived from its journal. This is the content of its report in all formats. */
@NullMarked
package org.emrelay.runner.report.overview;

import org.jspecify.annotations.NullMarked;
