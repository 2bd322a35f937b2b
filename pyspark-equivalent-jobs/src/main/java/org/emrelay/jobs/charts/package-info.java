@NullMarked
package org.emrelay.jobs.charts;

import org.jspecify.annotations.NullMarked;
