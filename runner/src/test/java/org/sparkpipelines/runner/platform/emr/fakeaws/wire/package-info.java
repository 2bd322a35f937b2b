@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws.wire;

import org.jspecify.annotations.NullMarked;
