/**
 * Classifiers fitted in the memory of one task, as models of Spark.
 *
 * <p>Spark's own estimators start a job for each iteration or for each level of each tree. On a table of a few
 * megabytes these take minutes and the arithmetic seconds.
 */
@org.jspecify.annotations.NullMarked
package org.emrelay.jobs.classification.inmemory;
