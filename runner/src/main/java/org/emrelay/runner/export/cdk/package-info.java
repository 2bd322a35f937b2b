/** Exports to the AWS CDK. */
@NullMarked
package org.emrelay.runner.export.cdk;

import org.jspecify.annotations.NullMarked;
