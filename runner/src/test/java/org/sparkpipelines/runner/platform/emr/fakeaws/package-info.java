@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws;

import org.jspecify.annotations.NullMarked;
