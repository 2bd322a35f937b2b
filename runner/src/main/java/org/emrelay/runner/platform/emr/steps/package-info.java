/** Steps on EMR: submission, polling, cancellation, and cleanup of their YARN applications. */
@NullMarked
package org.emrelay.runner.platform.emr.steps;

import org.jspecify.annotations.NullMarked;
