/** Exports to AWS Step Functions. */
@NullMarked
package org.emrelay.runner.export.stepfunctions;

import org.jspecify.annotations.NullMarked;
