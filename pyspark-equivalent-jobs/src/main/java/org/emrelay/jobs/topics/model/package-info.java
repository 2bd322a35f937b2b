/** Finds the topics of posts, and assigns topics to posts. */
@NullMarked
package org.emrelay.jobs.topics.model;

import org.jspecify.annotations.NullMarked;
