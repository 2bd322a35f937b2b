@NullMarked
package org.sparkpipelines.runner.platform.emr.network;

import org.jspecify.annotations.NullMarked;
