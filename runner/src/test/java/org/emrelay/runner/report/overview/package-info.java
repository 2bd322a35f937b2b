@NullMarked
package org.emrelay.runner.report.overview;

import org.jspecify.annotations.NullMarked;
