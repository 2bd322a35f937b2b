/** Exports to Apache Airflow. */
@NullMarked
package org.emrelay.runner.export.airflow;

import org.jspecify.annotations.NullMarked;
