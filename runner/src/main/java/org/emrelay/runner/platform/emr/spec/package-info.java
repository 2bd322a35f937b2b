/**
 * The specification of an EMR cluster's AWS resources and of its RunJobFlow request. Pure: it calls no AWS API and
 * knows no AWS SDK.
 */
@NullMarked
package org.emrelay.runner.platform.emr.spec;

import org.jspecify.annotations.NullMarked;
