/** Lets the nodes' role reach the buckets that a pipeline names. */
@NullMarked
package org.emrelay.runner.platform.emr.grant;

import org.jspecify.annotations.NullMarked;
