/// Who gave an answer: a service, an Envoy or this gateway; and the newest answers of each service.
package theater.gateway.answer;
