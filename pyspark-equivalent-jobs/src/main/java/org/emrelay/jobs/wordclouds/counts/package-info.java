/** How often each word stands in each year's titles. */
@NullMarked
package org.emrelay.jobs.wordclouds.counts;

import org.jspecify.annotations.NullMarked;
