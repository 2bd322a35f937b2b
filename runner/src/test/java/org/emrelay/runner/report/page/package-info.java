@NullMarked
package org.emrelay.runner.report.page;

import org.jspecify.annotations.NullMarked;
