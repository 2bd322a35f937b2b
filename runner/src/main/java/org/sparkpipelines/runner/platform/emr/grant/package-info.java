/** Lets the nodes' role reach the buckets that a pipeline names. */
@NullMarked
package org.sparkpipelines.runner.platform.emr.grant;

import org.jspecify.annotations.NullMarked;
