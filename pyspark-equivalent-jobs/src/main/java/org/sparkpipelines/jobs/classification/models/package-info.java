@NullMarked
package org.sparkpipelines.jobs.classification.models;

import org.jspecify.annotations.NullMarked;
