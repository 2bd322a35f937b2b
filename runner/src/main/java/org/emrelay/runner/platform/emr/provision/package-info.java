/** Creates, finds and deletes the AWS resources of one cluster. */
@NullMarked
package org.emrelay.runner.platform.emr.provision;

import org.jspecify.annotations.NullMarked;
