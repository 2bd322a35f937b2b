@NullMarked
package org.sparkpipelines.runner.platform.emr.provision;

import org.jspecify.annotations.NullMarked;
