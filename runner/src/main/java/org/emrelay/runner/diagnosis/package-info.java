/**
 * The root cause search in the logs of Spark drivers, spark-submit and YARN containers. Independent of all other packages of the
 * runner.
 */
@NullMarked
package org.emrelay.runner.diagnosis;

import org.jspecify.annotations.NullMarked;
