/** The fake CloudWatch Logs, as far as delivery streams need it. */
@NullMarked
package org.emrelay.runner.fakeaws.logs;

import org.jspecify.annotations.NullMarked;
