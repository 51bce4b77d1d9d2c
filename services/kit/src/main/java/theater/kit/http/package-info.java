/// HTTP as the services speak it: routes, answers with the three X- headers, problem JSON, limits,
/// paging.
package theater.kit.http;
