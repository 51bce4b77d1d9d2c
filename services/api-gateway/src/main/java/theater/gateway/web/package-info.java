/// The gateway's own pages and answers: files, problems, metrics.
package theater.gateway.web;
