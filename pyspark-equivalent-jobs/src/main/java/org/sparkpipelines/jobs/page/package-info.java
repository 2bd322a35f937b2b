@NullMarked
package org.sparkpipelines.jobs.page;

import org.jspecify.annotations.NullMarked;
