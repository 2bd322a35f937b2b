/** What a run did, used and cost, derived from its journal: the content of its report in each form. */
@NullMarked
package org.emrelay.runner.report.overview;

import org.jspecify.annotations.NullMarked;
